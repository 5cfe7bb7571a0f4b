using System.Runtime.InteropServices;

namespace SparsePipeline.Learning.Loop;

/// <summary>A moment of a training: an update that is being done, or was just done.</summary>
/// <param name="Update">Its number, from 1.</param>
/// <param name="UpdatesPerEpoch">At least 1.</param>
/// <param name="Epochs">Length of the training as it is planned.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrainingPosition(int Update, int UpdatesPerEpoch, int Epochs)
{
    /// <summary>Epochs that are complete after the update.</summary>
    public int Epoch => Update / UpdatesPerEpoch;

    public bool EndsEpoch => Update % UpdatesPerEpoch == 0;

    /// <summary>Updates of the whole training.</summary>
    public int Updates => UpdatesPerEpoch * Epochs;

    /// <summary>Share of the training that is done after the update, in (0, 1].</summary>
    public double Share => (double)Update / Updates;
}
