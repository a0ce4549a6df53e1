// Says that this is no development, unless somebody says otherwise. To be imported before all else: graphql-js reads it while it
// loads, and else looks at every type twice, which takes 8 % of a request's processor time.
process.env['NODE_ENV'] ??= 'production';
