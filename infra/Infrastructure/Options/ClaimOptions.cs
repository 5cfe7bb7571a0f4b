using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How long a worker may be silent before another takes its step over.</summary>
public sealed class ClaimOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Claims";

    /// <summary>
    /// A claim that was not extended for this long, in seconds, may be taken over. Must exceed the clock difference between machines.
    /// </summary>
    [Range(1.0, 3600.0)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>
    /// Time between two extensions of a claim, in seconds; at most a third of the lease, so that one lost heartbeat costs nothing.
    /// </summary>
    [Range(0.1, 1200.0)]
    public double HeartbeatSeconds { get; set; } = 15;

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
}
