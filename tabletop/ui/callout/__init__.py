"""The call-out on the leader's desk: preparing it, dialling, the hour, and the calls that were logged."""
