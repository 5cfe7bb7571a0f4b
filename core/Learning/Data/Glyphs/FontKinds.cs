namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>Kinds of fonts: three to train and test on, two as shifts.</summary>
internal static class FontKinds
{
    public const string Sans = "sans";
    public const string Serif = "serif";
    public const string Mono = "mono";
    public const string Script = "script";
    public const string Display = "display";

    /// <summary>What people read every day.</summary>
    public static IReadOnlyList<string> Text { get; } = [Sans, Serif, Mono];

    /// <summary>What they write by hand or look at on posters.</summary>
    public static IReadOnlyList<string> Shifts { get; } = [Script, Display];

    public static IReadOnlyList<string> All { get; } = [.. Text, .. Shifts];
}
