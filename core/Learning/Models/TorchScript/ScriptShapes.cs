using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>What goes into a script and comes out of it: batches as PyTorch programs are used to them, which for rows is not how ours have them.</summary>
internal sealed class ScriptShapes(InputShape input, int classes)
{
    /// <summary>For people: the dimensions of a batch.</summary>
    public string Inputs => input.Kind switch
    {
        DataKinds.Text => "[n, characters] of int64",
        DataKinds.Numbers => "[n, columns]",
        _ => "[n, channels, height, width]",
    };

    /// <summary>In the order in memory that PyTorch's own tensors have: a script that takes views of its activations fails on any other.</summary>
    public torch.Tensor Arrange(torch.Tensor batch) => batch.contiguous().view(-1).view(input.Kind == DataKinds.Numbers ? [batch.shape[0], input.Size] : batch.shape);

    /// <exception cref="DomainException">The output is not one logit per class for each example, or for each character of text.</exception>
    public void Check(torch.Tensor output, torch.Tensor batch)
    {
        long[] expected = input.Kind == DataKinds.Text ? [.. batch.shape, classes] : [batch.shape[0], classes];
        if (!output.shape.SequenceEqual(expected))
            throw ScriptFailure.Because(
                $"returns {Text(output.shape)} for inputs {Text(batch.shape)}, but the data needs {Text(expected)}: one logit per class",
                "Script a module whose last layer has one output per class of the recipe's data.");
    }

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
