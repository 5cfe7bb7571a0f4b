using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Tasks.Kinds;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Fully connected layers that narrow to a code and widen again, with ReLU between all but around the code and at the end.</summary>
internal sealed class AutoencoderArchitecture : IArchitecture
{
    public const string Name = "autoencoder";

    private const string Hidden = "hidden";
    private const string Code = "code";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Autoencoder",
        UseWhen = "Use it to reconstruct small images or rows of numbers through a narrow code.",
        Paper = "Hinton, Salakhutdinov: Reducing the Dimensionality of Data with Neural Networks, Science 313, 2006",
        DataKind = DataKinds.Numbers,
        Task = ReconstructionTask.Name,
        Options =
        [
            OptionInfo.Integers(Hidden, "Width of each hidden layer of the encoder, in neurons; the decoder has them in reverse.", [128], 1, 65_536),
            OptionInfo.Integer(Code, "Numbers of the code.", 16, 1, 65_536),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        new AutoencoderNetwork(input.Size, options.Integers(Hidden), options.Integer(Code), classes);
}
