namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Where runs were submitted, in words that people read.</summary>
public static class RunOrigins
{
    private const string Study = "study";

    /// <summary>Workers in the process that submitted.</summary>
    public const string Embedded = "embedded";

    /// <summary>Workers of a profile of the command line.</summary>
    public static string OfProfile(string name) => $"profile {name}";

    /// <summary>The same for one run of a study.</summary>
    public static string OfStudy(string? origin) => origin is null ? Study : $"{Study}, {origin}";

    /// <summary>Whether nobody has asked for the run alone: it is one of a study's.</summary>
    public static bool IsStudy(string? origin) => origin?.StartsWith(Study, StringComparison.Ordinal) == true;
}
