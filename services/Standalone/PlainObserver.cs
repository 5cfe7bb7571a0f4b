using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Standalone;

/// <summary>One line per event.</summary>
internal sealed class PlainObserver(TextWriter output) : IRunObserver
{
    /// <summary><c>node cached|seconds digest</c>, the digest being the checkpoint's, or the report's of an evaluation.</summary>
    public static string Describe(PlannedStep step, bool cached)
    {
        var result = step.Result!;
        var digest = result.Failure?.Code
            ?? (result.Outputs.GetValueOrDefault(OutputNames.Checkpoint) ?? result.Outputs[OutputNames.Report]).Digest;
        return $"{step.Node} {(cached ? "cached" : $"{result.Seconds:0.00}s")} {digest}";
    }

    public void Planned(string runId, Plan plan)
    {
    }

    public void Started(StepStarted started) => output.WriteLine($"started {started.Kind} {started.StepKey}");

    public void Progressed(StepProgressed progressed) =>
        output.WriteLine($"{progressed.Fraction:P0} {progressed.Message} {progressed.StepKey}");

    public void Failed(StepFailed failed) => output.WriteLine($"failed {failed.Kind} {failed.StepKey}: {failed.Failure.Reason}");
}
