using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>A network that writes every example as a code and reads it back.</summary>
internal interface ICodedNetwork
{
    /// <summary>Codes [n, latents] of inputs, most of them 0.</summary>
    torch.Tensor Codes(torch.Tensor input);

    /// <summary>What codes stand for, [n, inputs].</summary>
    torch.Tensor Decode(torch.Tensor codes);
}
