using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>A small decoder-only transformer; its context is the data's window, its vocabulary the data's.</summary>
internal sealed class GptArchitecture : IArchitecture
{
    public const string Name = "gpt";

    private const string Layers = "layers";
    private const string Heads = "heads";
    private const string Width = "width";
    private const string Tied = "tied";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "GPT (decoder-only transformer)",
        UseWhen = "Use it for text: it predicts every character from those before it.",
        Paper = "Radford, Wu, Child, Luan, Amodei, Sutskever: Language Models are Unsupervised Multitask Learners, 2019 (GPT-2)",
        DataKind = DataKinds.Text,
        Options =
        [
            OptionInfo.Integer(Layers, "Number of blocks.", 4, 1, 96),
            OptionInfo.Integer(Heads, "Attention heads per block; the width must be a multiple of them.", 4, 1, 128),
            OptionInfo.Integer(Width, "Features of each position.", 128, 1, 16_384),
            OptionInfo.Boolean(Tied, "Whether embedding and head are one tensor, as in GPT-2; it is then pruned as the head is, and counted once.", false),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options)
    {
        var (heads, width) = (options.Integer(Heads), options.Integer(Width));
        return width % heads == 0
            ? new GptNetwork(classes, input.Width, options.Integer(Layers), heads, width, options.Boolean(Tied))
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"Model {Name} has width {width}, which is no multiple of its {heads} heads.",
                $"Set the option width to {(width / heads + 1) * heads}, or heads to a divisor of {width}.");
    }
}
