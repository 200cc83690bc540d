/// The version that stands in results, at the prompt and in the kernel's introduction.
public enum ProductVersion {
  public static let current = "0.1.0"
}
