"""Generator of plans with gold: what tests, training and benchmarks run on, so that no real document need be shipped."""
