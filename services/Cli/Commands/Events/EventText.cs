using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Events;

/// <summary>An event in words.</summary>
internal static class EventText
{
    /// <summary>Says where an event stands; returns one of <see cref="ExitCodes"/>.</summary>
    public static int Answer(Invocation invocation, PublishedEvent found)
    {
        invocation.Answer(found);
        invocation.Say($"event:  {found.EventKey}, {found.State}");
        invocation.Say($"from:   {found.Source}, {found.Id}");
        invocation.Say($"model:  {found.Data.Model}{(found.Checkpoint is { } checkpoint ? $", {checkpoint.Digest}" : "")}");
        foreach (var outcome in found.Outcomes ?? [])
            invocation.Say($"then:   {outcome.Outcome}{(outcome.Subscription is { } name ? $" by {name}" : "")}{(outcome.RunId is { } run ? $": {run}" : "")}"
                + $"{(outcome.By is { } by ? $" by event {by}" : "")}{(outcome.Failure is { } why ? $": {why.Reason} {why.Remedy}" : "")}");
        if (found.Failure is { } failure)
            invocation.Say($"why:    {failure.Reason} {failure.Remedy}");
        return found.State == EventStates.Rejected ? ExitCodes.RefusedInput : ExitCodes.Ok;
    }
}
