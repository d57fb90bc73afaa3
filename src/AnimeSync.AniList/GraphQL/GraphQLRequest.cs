using System.Text.Json.Nodes;

namespace GraphQL;

/// <summary>One operation as it goes over the wire. Built by this service; what a client sent is forwarded as bytes.</summary>
public sealed record GraphQLRequest(string Query, JsonObject? Variables = null, string? OperationName = null);
