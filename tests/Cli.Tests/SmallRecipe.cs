namespace SparsePipeline.Cli.Tests;

/// <summary>A recipe that is through in seconds.</summary>
internal static class SmallRecipe
{
    public const string Text =
        """
        name: small
        model: { name: mlp, options: { hidden: [16] } }
        data: { name: digits, limit: 200 }
        pretraining: { epochs: 2, learningRate: 0.1 }
        sparsification: { sparsity: 0.5, cycles: 1 }
        retraining: { epochs: 1, candidates: 2 }
        evaluation: { baselines: [dense, mean-candidate] }
        """;

    /// <summary>Writes the recipe, with one line replaced when asked.</summary>
    public static string Write(string path, string? old = null, string? replacement = null)
    {
        File.WriteAllText(path, old is null ? Text : Text.Replace(old, replacement, StringComparison.Ordinal));
        return path;
    }
}
