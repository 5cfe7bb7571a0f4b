using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>Any PyTorch model, as a file of <c>torch.jit.script(model).save(…)</c>. Code from strangers: load it in runner processes only.</summary>
internal sealed class TorchScriptArchitecture : IArchitecture
{
    public const string Name = "torchscript";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Any PyTorch model, as TorchScript",
        UseWhen = "Use it to bring a model of your own; weights start from the file, or from pretraining.weights.",
        DataKind = DataKinds.Any,
        File = "What torch.jit.script(model).save(path) wrote: from images [n, channels, height, width] or rows [n, columns] to logits [n, classes], "
            + "from text [n, characters] to logits [n, characters, classes].",
    };

    /// <exception cref="DomainException">Always: a script comes from a file.</exception>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) => throw new DomainException(
        FailureCodes.InvalidOption, "Model torchscript has no file.", "Name it: model.file in a recipe, --model-file on the command line.");

    /// <summary>The network of a file, in evaluation mode and with the file's weights.</summary>
    /// <exception cref="DomainException">The file is no script, or one that cannot be trained on such inputs.</exception>
    public static TorchScriptNetwork Load(string file, InputShape input, int classes)
    {
        ScriptFile.Check(file);
        var network = new TorchScriptNetwork(Read(file), input, classes);
        try
        {
            ScriptCheck.Run(network, file, input);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static torch.jit.ScriptModule<torch.Tensor, torch.Tensor> Read(string file)
    {
        try
        {
            return torch.jit.load<torch.Tensor, torch.Tensor>(file, DeviceType.CPU);
        }
        catch (Exception exception) when (ScriptFailure.IsFrom(exception))
        {
            throw new DomainException(
                FailureCodes.CorruptArtifact,
                $"{Path.GetFileName(file)} is no TorchScript module that libtorch can load: {ScriptFailure.Line(exception)}.",
                "Write it again with torch.jit.script(model).save(path), with PyTorch 1.6 or newer.");
        }
    }
}
