namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Which runs somebody wants to see.</summary>
public sealed record RunQuery
{
    /// <summary>Most runs on one page.</summary>
    public const int MostPerPage = 500;

    /// <summary>Runs on a page when nobody says how many.</summary>
    public const int UsualPerPage = 100;

    /// <summary>One of <see cref="RunStates"/>; null takes all.</summary>
    public string? State { get; init; }

    /// <summary>Name of the recipe, in which <c>*</c> stands for anything; null takes all.</summary>
    public string? Name { get; init; }

    /// <summary>First day, in UTC; null takes all.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Last day, in UTC; null takes all.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Runs on the page, 1 to <see cref="MostPerPage"/>.</summary>
    public int Limit { get; init; } = UsualPerPage;

    /// <summary>What the page before answered as <see cref="RunPage.Next"/>; null begins at the newest.</summary>
    public string? Page { get; init; }
}
