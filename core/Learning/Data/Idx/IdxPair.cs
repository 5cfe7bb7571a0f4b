namespace SparsePipeline.Learning.Data.Idx;

/// <summary>An image file and its label file.</summary>
internal static class IdxPair
{
    /// <exception cref="Contracts.DomainException">One is corrupt, or they do not belong together.</exception>
    public static Examples Read(string imageFile, string labelFile)
    {
        var images = IdxFile.Read(imageFile, rank: 3);
        var labels = IdxFile.Read(labelFile, rank: 1);
        if (images.Sizes[0] != labels.Sizes[0])
            throw IdxFile.Corrupt(labelFile, $"holds {labels.Sizes[0]} labels for {images.Sizes[0]} images");
        return new Examples(new InputShape(1, images.Sizes[1], images.Sizes[2]), images.Values, labels.Values);
    }
}
