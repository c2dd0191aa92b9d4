"""The golden dataset: data files alone, read by `engine.learning.golden`."""
