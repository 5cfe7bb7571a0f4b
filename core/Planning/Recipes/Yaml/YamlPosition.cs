using System.Runtime.InteropServices;

namespace SparsePipeline.Planning;

/// <summary>1-based line and column.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlPosition(long Line, long Column);
