namespace SparsePipeline.Infrastructure.Claims;

/// <summary>What a claim says of its step.</summary>
public enum ClaimLook
{
    /// <summary>Nobody speaks for the step.</summary>
    Free,

    /// <summary>Its command is under way, or it rests.</summary>
    Marked,

    /// <summary>A process holds it.</summary>
    Held,
}
