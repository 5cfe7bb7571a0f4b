using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Scorers;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>
/// Says of two views of an example that they belong together: any network gives every view an embedding, and of a batch of n pairs the loss is
/// ½·(−1/n Σᵢ ln softmaxⱼ(sᵢⱼ/τ)ᵢ − 1/n Σⱼ ln softmaxᵢ(sᵢⱼ/τ)ⱼ), with sᵢⱼ the cosine of first view i and second view j.
/// </summary>
/// <remarks>
/// The symmetric InfoNCE of Radford et al. 2021, figure 3. Of NT-Xent (Chen et al. 2020, equation 1) it differs in that views of the same side are no negatives. The temperature τ is an option
/// and not learnt, and one network embeds both sides. Both views of a batch go through it together, so that BatchNorm sees them together. Augmentations and corruptions change first views only.
/// </remarks>
internal sealed class PairsTask : ITask
{
    public const string Name = "pairs";

    private const string Views = "views";
    private const string Width = "embedding";
    private const string Temperature = "temperature";
    private const string Own = "own";
    private const string LeftRight = "left-right";
    private const string UpperLower = "upper-lower";

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Pairs of views",
        UseWhen = "Use it for embeddings by which one view of a thing finds the other, such as halves of an image or pairs of vectors: networks are compared by recall@1.",
        Paper = "Radford et al.: Learning Transferable Visual Models From Natural Language Supervision, ICML 2021, arXiv 2103.00020",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.None,
        Measures = PairScorer.Measures,
        Options =
        [
            OptionInfo.Text(Views, $"What the two views are: {Own}, those that the data brings; {LeftRight} or {UpperLower}, halves of each image.", Own),
            OptionInfo.Integer(Width, "Numbers of an embedding, which is what the network says of a view.", 32, 1, 4096),
            OptionInfo.Number(Temperature, "By what cosines are divided in the loss: the smaller, the more the nearest wrong pairs count.", 0.1, 0.01, 10),
        ],
    };

    public MethodInfo Info => Description;

    public DataSplits Prepare(DataSplits data, OptionValues options) => options.Text(Views) switch
    {
        Own when data.Training.Second is not null => data,
        Own => throw new DomainException(
            FailureCodes.InvalidOption, $"The task '{Name}' needs two views of every example, and the data has one.", $"Set task.options.{Views} to {LeftRight} or {UpperLower} for images, or use data with pairs."),
        LeftRight => new ViewHalves(across: false).Of(data),
        UpperLower => new ViewHalves(across: true).Of(data),
        var other => throw new DomainException(FailureCodes.InvalidOption, $"task.options.{Views} is '{other}'.", NameSuggestion.For(other, [Own, LeftRight, UpperLower])),
    };

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(options.Integer(Width), options.Number(Temperature));

    private sealed class Work(int width, double temperature) : LearningTask(Description)
    {
        public override int Outputs => width;

        /// <summary>[n, 2 · embedding]: of every example the embedding of its first view, and behind it that of its second.</summary>
        public override torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch)
        {
            using var views = torch.cat([batch.Inputs, batch.View2!], 0);
            var embeddings = network.call(views).flatten(1);
            var n = batch.Inputs.shape[0];
            return torch.cat([embeddings.narrow(0, 0, n), embeddings.narrow(0, n, n)], 1);
        }

        public override torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing)
        {
            var first = torch.nn.functional.normalize(outputs.narrow(1, 0, width));
            var second = torch.nn.functional.normalize(outputs.narrow(1, width, width));
            var cosines = first.mm(second.t()).div(temperature);
            var right = torch.arange(outputs.shape[0], device: outputs.device);
            return torch.nn.functional.cross_entropy(cosines, right).add(torch.nn.functional.cross_entropy(cosines.t(), right), KeptScalars.One).div(KeptScalars.Two);
        }

        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new PairScorer(width, temperature);
    }
}
