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
}
