using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// PyTorch's default initialisation, U(−1/√fan_in, 1/√fan_in) for weights and biases of convolutions and linear layers,
/// but from one derived seed per tensor: torch's own generator is shared by everything in the process.
/// </summary>
internal static class Initialization
{
    /// <summary>Draws the weights a training starts from; a script starts from its own, which have to be finite.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>.</exception>
    public static void Start(torch.nn.Module network, long seed)
    {
        if (network is TorchScriptNetwork script)
            ScriptCheck.EnsureFinite(script);
        else
            Apply(network, seed);
    }

    /// <summary>Draws all weights; norms keep scale 1 and shift 0.</summary>
    public static void Apply(torch.nn.Module network, long seed)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = TiedWeights.Of(network).Tensors;
        foreach (var (name, weight) in parameters.Where(p => p.Key.EndsWith(".weight", StringComparison.Ordinal) && p.Value.dim() > 1))
        {
            var bound = 1 / Math.Sqrt(weight.numel() / weight.shape[0]);
            Draw(weight, bound, SeedDerivation.Derive(seed, "initialise/" + name));
            var bias = Path.ChangeExtension(name, "bias");
            if (parameters.TryGetValue(bias, out var vector))
                Draw(vector, bound, SeedDerivation.Derive(seed, "initialise/" + bias));
        }
        (network as IOwnStart)?.Start();
    }

    private static void Draw(torch.Tensor tensor, double bound, long seed)
    {
        var random = new SeededRandom(seed);
        HostMemory.Write<float>(tensor, values =>
        {
            foreach (ref var value in values)
                value = (float)((2 * random.NextUnit() - 1) * bound);
        });
    }
}
