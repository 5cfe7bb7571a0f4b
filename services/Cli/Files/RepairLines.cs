using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Files;

/// <summary>What a repair found and does, for the terminal.</summary>
internal static class RepairLines
{
    private const int ShortKey = 12;

    /// <param name="invocation">Says where to write.</param>
    /// <param name="plan">What was found.</param>
    /// <param name="runs">Runs that go on with it.</param>
    /// <param name="done">Whether it was done, too.</param>
    public static void Write(Invocation invocation, RepairPlan plan, IReadOnlyList<string> runs, bool done)
    {
        if (!done || plan.IsEmpty)
            invocation.Answer(new { plan.Lost, plan.DamagedResults, plan.Failures, Steps = plan.Again, Runs = runs, Done = done });
        foreach (var lost in plan.Lost)
            invocation.Say($"{lost.Fault,-10} {lost.Blob.Digest}  {Figures.Bytes(lost.Blob.SizeBytes)}  {lost.Name}{Remedy(lost)}");
        foreach (var key in plan.DamagedResults)
            invocation.Say($"damaged    steps/{key}/result.json  is set aside");
        foreach (var failure in plan.Failures)
            invocation.Say($"failed     {failure.Kind} step {failure.Key[..ShortKey]}: {failure.Failure!.Reason}  is forgotten");
        if (plan.IsUnfinished)
            invocation.Say($"unfinished {string.Join(", ", runs)}");
        invocation.Say(Sum(plan, runs, done));
    }

    private static string Remedy(LostOutput lost) => lost.StepKey is { } key
        ? $" (step {key[..ShortKey]})"
        : "; no step makes it: run the recipe with its file again";

    private static string Sum(RepairPlan plan, IReadOnlyList<string> runs, bool done)
    {
        if (plan.IsEmpty)
            return "Nothing is missing or damaged.";
        var what = $"{Figures.Count(plan.Again.Count + plan.DamagedResults.Count)} steps to compute again and {Figures.Count(plan.Failures.Count)} failures to try again{(runs.Count > 0 ? $", in {string.Join(", ", runs)}" : "")}.";
        return done ? what : $"{what} Nothing was changed; --yes deletes what has to be made again and resumes.";
    }
}
