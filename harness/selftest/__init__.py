"""The instrument held against what was planted: agents whose faults are known, and dialogues known to the sample."""
