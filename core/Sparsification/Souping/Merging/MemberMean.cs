namespace SparsePipeline.Sparsification.Souping;

/// <summary>The mean of the members, updated number by number, so that the mean of equal numbers is that number in any type.</summary>
internal static class MemberMean
{
    public static void Of(TensorRun run, Span<double> mean)
    {
        run.Member(0).CopyTo(mean);
        for (var member = 1; member < run.Members; member++)
        {
            var row = run.Member(member);
            for (var i = 0; i < mean.Length; i++)
                // An update by 0 would turn −0 into 0.
                if (row[i] != mean[i])
                    mean[i] += (row[i] - mean[i]) / (member + 1);
        }
    }
}
