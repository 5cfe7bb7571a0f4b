using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Fully connected layers with ReLU, optionally with BatchNorm before it.</summary>
internal sealed class MlpArchitecture : IArchitecture
{
    public const string Name = "mlp";

    private const string Hidden = "hidden";
    private const string BatchNorm = "batchNorm";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Multi-layer perceptron",
        UseWhen = "Use it for small inputs, tables and quick experiments.",
        DataKind = DataKinds.Numbers,
        Options =
        [
            OptionInfo.Integers(Hidden, "Width of each hidden layer, in neurons.", [128, 64], 1, 65_536),
            OptionInfo.Boolean(BatchNorm, "Whether a BatchNorm follows each hidden layer.", false),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        new MlpNetwork(input.Size, options.Integers(Hidden), classes, options.Boolean(BatchNorm));
}
