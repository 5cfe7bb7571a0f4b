namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>A moment of a training, just after an update.</summary>
/// <param name="Update">Updates so far, from 1.</param>
/// <param name="UpdatesPerEpoch">At least 1.</param>
/// <param name="Epochs">Length of the training.</param>
internal sealed record TrainingPosition(int Update, int UpdatesPerEpoch, int Epochs)
{
    /// <summary>Epochs that are complete.</summary>
    public int Epoch => Update / UpdatesPerEpoch;

    public bool EndsEpoch => Update % UpdatesPerEpoch == 0;
}
