namespace SparsePipeline.Contracts;

/// <summary>Claims that a study can put to the test.</summary>
public static class ClaimNames
{
    /// <summary>The soup beats the mean of its members.</summary>
    public const string BeatsMeanMember = "beats-mean-member";

    /// <summary>The soup beats the member that is best on validation.</summary>
    public const string BeatsBestMember = "beats-best-member";

    /// <summary>The soup beats IMP.</summary>
    public const string BeatsImp = "beats-imp";

    /// <summary>The soup beats IMP that retrains as many epochs as all its members together.</summary>
    public const string BeatsLongerImp = "beats-longer-imp";

    /// <summary>A candidate that starts from a soup beats IMP at the same cycle.</summary>
    public const string SoupIsABetterStart = "soup-is-a-better-start";

    /// <summary>The soup's gain over its mean member is smaller at the highest sparsity than at the lowest.</summary>
    public const string GainShrinksWithSparsity = "gain-shrinks-with-sparsity";

    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<string> All { get; } =
        [BeatsMeanMember, BeatsBestMember, BeatsImp, BeatsLongerImp, SoupIsABetterStart, GainShrinksWithSparsity];
}
