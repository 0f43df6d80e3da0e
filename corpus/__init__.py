"""Generator of plans with gold: tests, training and benchmarks run on it, so that no real document need be shipped."""
