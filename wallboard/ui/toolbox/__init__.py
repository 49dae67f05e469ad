"""What a supervisor does besides moving calls: messages, call-backs, targets, and a Yemot system's lists."""
