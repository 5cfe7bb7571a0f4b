using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>The examples of one update.</summary>
/// <param name="Index">Their positions in the training split: what a hook remembers of an example it keeps under this number.</param>
/// <param name="Inputs">As the network takes them.</param>
/// <param name="Labels">One per prediction.</param>
internal sealed record TrainingBatch(int[] Index, torch.Tensor Inputs, torch.Tensor Labels);
