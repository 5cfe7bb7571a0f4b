using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How long a worker may be silent before another takes its step over.</summary>
public sealed class ClaimOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Claims";

    /// <summary>
    /// A claim that nobody saw change for this long, in seconds, may be taken over. Clocks are not compared.
    /// </summary>
    [Range(1.0, 3600.0)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>
    /// Time between two extensions of a claim, in seconds; at most a third of the lease, so that one lost heartbeat costs nothing.
    /// </summary>
    [Range(0.1, 1200.0)]
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>
    /// A worker extends the claim of a step only while the step advances: when no byte moved and no runner computed or reported for this long, in
    /// seconds, the sitting counts as a failed attempt and others may take the step. More than Runners:SilenceSeconds, and more than the pruning
    /// or averaging of the largest checkpoint takes.
    /// </summary>
    [Range(1.0, 86_400.0)]
    public double StandstillSeconds { get; set; } = 1800;

    /// <summary>
    /// On a shared bus, a command that nobody received for this long, in seconds, counts as lost and is sent again. Every repetition waits
    /// twice as long, because a long queue is no loss.
    /// </summary>
    [Range(0.1, 3600.0)]
    public double ResendSeconds { get; set; } = 60;

    /// <summary>The longest such wait, in seconds.</summary>
    [Range(0.1, 86_400.0)]
    public double MaxResendSeconds { get; set; } = 3600;

    /// <summary>On a shared bus, a step whose command ended in an exception rests for this long, in seconds, before it is sent again.</summary>
    [Range(0.1, 86_400.0)]
    public double PauseSeconds { get; set; } = 300;

    /// <summary>
    /// On a shared bus, a step that was begun this many times without a result or a new resume point fails visibly: it kills its workers, or
    /// throws every time.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxAttempts { get; set; } = 10;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeartbeatSeconds > LeaseSeconds / 3)
        {
            yield return new ValidationResult(
                $"HeartbeatSeconds is {HeartbeatSeconds}, which is more than a third of LeaseSeconds ({LeaseSeconds}): "
                + $"set it to {LeaseSeconds / 3} or less.",
                [nameof(HeartbeatSeconds)]);
        }
    }

    /// <summary>How long a command may be under way that was sent <paramref name="times"/> times before, in seconds.</summary>
    internal double PatienceSeconds(int times) => Math.Min(ResendSeconds * Math.Pow(2, times), Math.Max(ResendSeconds, MaxResendSeconds));
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class ClaimOptionsValidator : IValidateOptions<ClaimOptions>;
