using System.Text.Json;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>A line to a runner.</summary>
/// <param name="Type"><see cref="Run"/> or <see cref="Cancel"/>.</param>
/// <param name="Id">Number of the job, chosen by the parent.</param>
/// <param name="Job">A job's name, see <see cref="IRunnerRequest{TReply}"/>, to run.</param>
/// <param name="Request">The job's request, to run.</param>
/// <param name="TraceParent">W3C trace context the job belongs to, if anybody traces.</param>
public sealed record RunnerCommand(string Type, long Id, string? Job = null, JsonElement? Request = null, string? TraceParent = null)
{
    public const string Run = "run";
    public const string Cancel = "cancel";
}
