using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Benchmarks;

/// <summary>Examples of any shape: the time of a step does not depend on what they show.</summary>
internal static class MadeUpData
{
    public static DataSplits For(StepCase work, int steps)
    {
        var training = Examples(work, work.Batch * steps);
        var few = Examples(work, 2);
        return new DataSplits
        {
            Classes = work.Classes,
            Training = training,
            Validation = few,
            Test = few,
            Shifts = new Dictionary<string, Examples>(StringComparer.Ordinal),
            Inputs = Standardization.Of(training),
        };
    }

    private static Examples Examples(StepCase work, int count)
    {
        var random = new Random(1);
        var limit = work.Shape.Kind == DataKinds.Text ? work.Classes : 256;
        return new Examples(work.Shape, Below(random, limit, count * work.Shape.Size), Below(random, work.Classes, count * work.Shape.Positions));
    }

    private static byte[] Below(Random random, int limit, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)random.Next(limit);
        return bytes;
    }
}
