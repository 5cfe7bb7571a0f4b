using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>Errors of scripts, without libtorch's stack traces.</summary>
internal static class ScriptFailure
{
    private const int Longest = 300;
    private const string Raised = "Error: ";

    /// <summary>Whether an exception comes from the script rather than from the machine it runs on.</summary>
    public static bool IsFrom(Exception exception) =>
        exception is ExternalException or InvalidCastException or InvalidOperationException or NotImplementedException or ArgumentException
        && !exception.Message.Contains("can't allocate memory", StringComparison.Ordinal);

    public static DomainException Because(string reason, string remedy) => new(FailureCodes.InvalidModel, $"Model torchscript {reason}.", remedy);

    /// <summary>What libtorch said, in one line.</summary>
    public static string Line(Exception exception)
    {
        var lines = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.Select(Raise).LastOrDefault(l => l is not null) ?? lines.FirstOrDefault() ?? "no reason given";
        return (line.Length > Longest ? line[..Longest] + "…" : line).TrimEnd('.');
    }

    /// <summary>What stands behind <c>RuntimeError: </c> or <c>builtins.ValueError: </c>; null on lines of the trace.</summary>
    private static string? Raise(string line) => line.IndexOf(Raised, StringComparison.Ordinal) is var at and >= 0 && !line[..at].Contains(' ', StringComparison.Ordinal)
        ? line[(at + Raised.Length)..]
        : null;
}
