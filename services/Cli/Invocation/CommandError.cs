using SparsePipeline.Contracts;

namespace SparsePipeline.Cli;

/// <summary>Why a command did not do what it was asked.</summary>
/// <param name="Code">One of <see cref="FailureCodes"/>, or <c>usage</c>, <c>environment</c>, <c>cancelled</c>, <c>defect</c>.</param>
/// <param name="Reason">What was found, with field and value.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record CommandError(string Code, string Reason, string? Remedy = null)
{
    /// <summary>The error on one line, whatever it contains.</summary>
    public string OneLine() => string.Concat($"{Reason} {Remedy}".TrimEnd().Select(c => char.IsControl(c) ? ' ' : c));
}
