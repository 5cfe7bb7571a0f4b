using System.Runtime.InteropServices;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>How libtorch runs scripts.</summary>
internal static partial class ScriptInterpreter
{
    /// <summary>
    /// Has this thread's next calls run scripts as they are written. By default the interpreter watches the first calls and rewrites the
    /// script after them, gradients included: a training that is resumed would round differently from one that was never stopped.
    /// </summary>
    /// <remarks><c>torch::jit::setGraphExecutorOptimize(bool)</c>; TorchSharp does not offer it. The setting belongs to the thread.</remarks>
    public static void RunAsWritten() => SetGraphExecutorOptimize(0);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN5torch3jit24setGraphExecutorOptimizeEb")]
    private static partial void SetGraphExecutorOptimize(byte optimize);
}
