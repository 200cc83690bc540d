// Ends a process at a chosen write to a chosen file: a library to preload (Linux), with nothing to call.
