"""The intake: what the agent tells of itself from outside the line, by HTTP on the loopback.

A webhook with a packet, a message to the caller, a tool that is called: each becomes what the agent
would otherwise have told on the line, at the instant at which it reached us.
"""
