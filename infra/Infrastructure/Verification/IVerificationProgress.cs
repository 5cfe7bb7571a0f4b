using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Somebody who waits for a verification. Calls may come from several threads.</summary>
public interface IVerificationProgress
{
    /// <summary>What there is to look at.</summary>
    void Begin(long blobs, long bytes);

    /// <summary>One more was looked at.</summary>
    void Looked(ArtifactRef blob);
}
