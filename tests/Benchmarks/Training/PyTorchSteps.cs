using System.Diagnostics;

namespace SparsePipeline.Benchmarks;

/// <summary>The same training in PyTorch, in a process of its own that waits while ours is measured.</summary>
internal sealed class PyTorchSteps : IDisposable
{
    private const string Script = "training_step.py";
    private const string Ready = "ready ";

    private readonly Process _process;

    private PyTorchSteps(Process process, string version) => (_process, Version) = (process, version);

    /// <summary>Of PyTorch, and the library of matrix products it computes with: on the reference BLAS it would be several times slower.</summary>
    public string Version { get; }

    /// <summary>The process, ready; or null and why there is none.</summary>
    public static PyTorchSteps? Start(string work, out string why)
    {
        if (Python.Missing is { } missing)
        {
            why = missing;
            return null;
        }
        var process = Python.Start(Script, work);
        if (process.StandardOutput.ReadLine() is { } line && line.StartsWith(Ready, StringComparison.Ordinal))
        {
            // Nobody reads warnings, and a full pipe would stop the other side.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            why = "";
            return new PyTorchSteps(process, line[Ready.Length..]);
        }
        why = process.StandardError.ReadToEnd().Trim().Split('\n')[^1];
        process.Dispose();
        return null;
    }

    /// <summary>One epoch of all steps.</summary>
    public void Run()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        if (_process.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException("PyTorch ended while it was measured.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
