"""`python -m tests.bench`: what the board costs, against what it is compared with, in the same run."""
