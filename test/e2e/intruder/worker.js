// Tests evaluate in here what the intruder tries.
