namespace SparsePipeline.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do when it is not good.</param>
internal sealed record Finding(string Subject, bool IsGood, string Detail, string Remedy);
