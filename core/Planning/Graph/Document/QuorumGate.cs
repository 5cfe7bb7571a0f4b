using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Planning;

/// <summary>Lets a step begin with some of several inputs. Items of its spec's lists that refer to a member that is left out are left out too.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuorumGate
{
    /// <summary>Names of the nodes that may be missing.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>Fewest members to begin with.</summary>
    public required int Least { get; init; }

    /// <summary>Minutes to wait for the rest once there are <see cref="Least"/>; null waits until every member has finished or failed.</summary>
    public double? DeadlineMinutes { get; init; }

    /// <summary>Whether a member that comes after the deadline makes a new step.</summary>
    [DefaultValue(false)]
    public bool AmendLate { get; init; }

    /// <summary>
    /// Under what name it is recorded which members were taken, when some were left out, so that later planning repeats it; null records nothing and
    /// goes by who has failed.
    /// </summary>
    public string? Choice { get; init; }

    /// <summary>A node that has to be done first, whose key the name of the choice ends with: with another key it is another choice.</summary>
    public string? ChoiceOf { get; init; }
}
