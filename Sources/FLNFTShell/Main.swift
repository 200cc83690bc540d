import Scripting

@main
struct Shell {
  static func main() {
    print("flnft")
  }
}
