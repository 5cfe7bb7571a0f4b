using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>Small real recipes over the digits data set.</summary>
internal static class Recipes
{
    public static string Write(TemporaryFolder folder, int candidates = 3, int cycles = 2, int epochs = 4)
    {
        var file = folder.File($"m{candidates}-k{cycles}-e{epochs}.yaml");
        File.WriteAllText(file, $$"""
            name: end-to-end
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: {{epochs}}, learningRate: 0.1 }
            sparsification: { sparsity: 0.9, cycles: {{cycles}} }
            retraining: { epochs: 2, candidates: {{candidates}} }
            evaluation: { baselines: [dense, imp] }
            """);
        return file;
    }

    /// <summary>One of the methods that need more than weights: its name, the rest of <c>sparsification</c> and the whole of <c>soup</c>.</summary>
    public static string WriteMethod(TemporaryFolder folder, string name, string sparsification, string soup)
    {
        var file = folder.File($"{name}.yaml");
        File.WriteAllText(file, $$"""
            name: {{name}}
            seed: 3 # no step of another test's: they share a bucket
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: 4, learningRate: 0.1 }
            sparsification: { {{sparsification}} }
            retraining: { epochs: 2, candidates: 2 }
            soup: { {{soup}} }
            evaluation: { baselines: [dense] }
            """);
        return file;
    }

    /// <summary>Recipes of <see cref="WriteMethod"/> that between them collect statistics, solve layers, and merge tensor by tensor.</summary>
    public static TheoryData<string, string, string> Methods => new(
        ("wanda", "method: wanda, sparsity: 0.8, cycles: 2, calibrationExamples: 100", "method: { name: ties, options: { density: 0.5 } }, anchor: retrained"),
        ("sparsegpt", "method: sparsegpt, sparsity: 0.8, cycles: 2", "method: model-stock, anchor: retrained"),
        ("sparsegpt-in-order", "method: sparsegpt, sequential: true, sparsity: 0.8, cycles: 2", "method: uniform"),
        ("sparsegpt-pattern", "method: sparsegpt, structure: 2-of-4, sparsity: 0.5, cycles: 1", "method: slerp"));
}
