namespace SparsePipeline.Cli.Runs;

/// <summary>A step at work.</summary>
/// <param name="Node">Its place in the run.</param>
/// <param name="Kind">Kind of step.</param>
/// <param name="StartedAt">When it was claimed.</param>
/// <param name="Fraction">How far it is, in [0, 1].</param>
/// <param name="Message">What it last said.</param>
/// <param name="At">When it said so.</param>
internal sealed record RunningStep(string Node, string Kind, DateTimeOffset StartedAt, double Fraction, string Message, DateTimeOffset At)
{
    /// <summary>Time left if it goes on at its pace so far; null before it has done anything.</summary>
    public TimeSpan? Remaining(DateTimeOffset now) => Fraction <= 0
        ? null
        : TimeSpan.FromTicks((long)Math.Max(0, ((At - StartedAt).Ticks * (1 - Fraction) / Fraction) - (now - At).Ticks));
}
