using System.Runtime.CompilerServices;
using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Learning.Tests;

internal static class TorchSetup
{
    [ModuleInitializer]
    internal static void Configure() => TorchRuntime.Configure(threads: 1);
}
