"""The tutor as a service: worker, guard, health, and a LiveKit server for one machine."""
