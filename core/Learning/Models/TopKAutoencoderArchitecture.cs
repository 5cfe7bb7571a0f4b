using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Tasks.Kinds;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>One wide layer of latents of which the largest few are kept for every example, and a dictionary that they are written in.</summary>
internal sealed class TopKAutoencoderArchitecture : IArchitecture
{
    public const string Name = MethodDefaults.Autoencoder;

    private const string Expansion = "expansion";
    private const string Active = "active";
    private const string Tied = "tied";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Top-k sparse autoencoder",
        UseWhen = "Use it on activations of another network, to write each as a sum of a few entries of a dictionary.",
        Paper = "Makhzani, Frey: k-Sparse Autoencoders, ICLR 2014, arXiv 1312.5663",
        DataKind = DataKinds.Numbers,
        Task = SparseReconstructionTask.Name,
        Options =
        [
            OptionInfo.Integer(Expansion, "Latents for each number of the input.", 4, 1, 1024),
            OptionInfo.Integer(Active, "k: latents that are kept for every example.", 8, 1, 65_536),
            OptionInfo.Boolean(Tied, "Whether the dictionary is the encoder's matrix, transposed; otherwise it only starts as that.", standard: false),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options)
    {
        var (latents, active) = (input.Size * options.Integer(Expansion), options.Integer(Active));
        return active <= latents ? new TopKAutoencoderNetwork(input.Size, latents, active, options.Boolean(Tied)) : throw new DomainException(
            FailureCodes.InvalidOption,
            $"{Active} is {active}, and with {Expansion} {options.Integer(Expansion)} and {input.Size} inputs there are {latents} latents.",
            $"Use at most {latents}, or a larger {Expansion}.");
    }
}
