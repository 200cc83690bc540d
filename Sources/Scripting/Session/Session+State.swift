extension Session {
  /// The Lua state, for benchmarks that put a plain C function beside ours.
  package var luaState: OpaquePointer { machine.state }
}
